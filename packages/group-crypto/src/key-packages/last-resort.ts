/** `last_resort`, draft-ietf-mls-extensions section 5.3: a KeyPackage that may be used more than once. */
export const lastResortExtension = 0x000a;

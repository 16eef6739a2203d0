/** 0x0001, which every implementation of MLS has. RFC 9420 section 17.1. */
export const cipherSuiteName = 'MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519';

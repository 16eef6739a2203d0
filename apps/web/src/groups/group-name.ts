/** Characters of a name that always fit into the 256 bytes of a group's profile (docs/protocol/messaging.md, section 5). */
export const groupNameLimit = 64;

export { type AttachmentHash, attachmentHash } from './attachment-hash.ts';
export { type AttachmentLayout, attachmentLayout, type ByteRange } from './attachment-layout.ts';
export { headerBytes as attachmentHeaderBytes } from './content-encoding.ts';
export { type AttachmentOpener, attachmentOpener, openAttachment } from './open-attachment.ts';
export {
  type AttachmentSealer,
  type AttachmentSecrets,
  attachmentSealer,
  newAttachmentSecrets,
} from './seal-attachment.ts';

/** What an attachment may be. `content`: before it is sealed. `part`: of one upload request, below the 1 MiB of the front door. */
export const attachmentLimits = {
  contentBytes: 100 * 1024 * 1024,
  partBytes: 1024 * 1024,
  /** Of one account, at the server at the same time, sealed. */
  accountBytes: 1024 * 1024 * 1024,
} as const;

/**
 * Where a sealed attachment is: HEAD and PATCH take it (tus 1.0), GET gives it, also in ranges (RFC 9110 section 14). All are signed by the
 * device's key like every other request, so the address holds no secret.
 */
export const attachmentPath = (attachmentId: string) => `/api/v1/attachments/${attachmentId}`;

/** Of a part: tus 1.0.0, "PATCH". */
export const attachmentPartMediaType = 'application/offset+octet-stream';

/** Largest picture, in bytes of PNG, JPEG or WebP. */
export const avatarLimitBytes = 64 * 1024;

/**
 * Where a picture is served: an image, not JSON, to anybody who knows its id, cacheable for ever because the id changes with
 * the bytes. 404 once the account has another picture.
 */
export const avatarPath = (avatarId: string) => `/api/v1/avatars/${avatarId}`;

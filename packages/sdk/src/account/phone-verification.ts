/** A 4-digit code is on its way. */
export interface PhoneVerification {
  readonly verificationId: string;
  readonly resendAtMs: number;
  readonly expiresAtMs: number;
}

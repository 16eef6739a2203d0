/** Who reaches and finds the owner; contacts are those whom the owner has added. Kept and enforced by the server. */
export interface PrivacySettings {
  readonly messages: 'everybody' | 'contacts';
  readonly groups: 'everybody' | 'contacts';
  /** `nobody`: not even contacts who hold the number. */
  readonly foundByPhone: 'everybody' | 'contacts' | 'nobody';
}

export interface Privacy {
  settings(): Promise<PrivacySettings>;
  /** Changes what is named and leaves the rest. @returns all of them */
  change(settings: Partial<PrivacySettings>): Promise<PrivacySettings>;
}

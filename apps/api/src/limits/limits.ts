/** At most `max` in any window of that length, for one subject. */
export interface Limit {
  readonly max: number;
  readonly windowMs: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/**
 * Every limit of this server. Addresses are IPv4 addresses or IPv6 /64 networks. Limits that guard a secret are spent
 * before the secret is looked at.
 */
export const limits = {
  /** 60 seconds between two codes for one number and purpose, asked for at one address (ADR 37). */
  phoneCodeResend: { max: 1, windowMs: minuteMs },
  phoneCodesPerNumberAndAddress: { max: 5, windowMs: dayMs },
  /** Over all addresses but those of `phoneShownAtAddress`. */
  phoneCodesPerNumber: { max: 10, windowMs: dayMs },
  /** No limit but a mark: a right code for the number was entered there. */
  phoneShownAtAddress: { max: 1, windowMs: 60 * dayMs },
  phoneCodesPerAddress: { max: 20, windowMs: hourMs },
  /** Codes before a captcha is demanded. */
  freeCodesPerAddress: { max: 10, windowMs: hourMs },
  freeCodesInAll: { max: 500, windowMs: hourMs },
  captchasPerAddress: { max: 100, windowMs: hourMs },
  /** Wrong codes. With 3 tries a code and 10 codes a day, one number allows a stranger 30 in 10 000 guesses a day. */
  codeFailuresPerAddress: { max: 30, windowMs: hourMs },
  /** Over all numbers and addresses: a botnet that spreads its guesses meets this one. */
  codeFailuresInAll: { max: 1000, windowMs: hourMs },
  /** Tries of an old PIN (ADR 85). Each needs a right phone code besides. */
  legacyPinsPerAccount: { max: 5, windowMs: dayMs },
  loginChallengesPerAddress: { max: 300, windowMs: hourMs },
  /** Abuse only: an owner who enters the right PIN all day stays far below. */
  nodeTokensPerSession: { max: 300, windowMs: hourMs },
  pinChallengesPerSession: { max: 300, windowMs: hourMs },
  reportedAttemptsPerSession: { max: 60, windowMs: hourMs },
  /** There are 900 million Hexkey IDs: at this pace nobody finds people by trying. */
  personLookupsPerAccount: { max: 60, windowMs: hourMs },
  personLookupsPerAddress: { max: 120, windowMs: hourMs },
  /** Of contacts and of strangers, who cost a lookup besides. */
  walletAddressesPerAccount: { max: 300, windowMs: hourMs },
  /** As many intents as a node takes, whatever became of them: what failed frees the owner's amounts, not the server's disk. */
  transfersPerAccount: { max: 200, windowMs: dayMs },
  /** Who holds a list of numbers learns little of it; then 12 hours pass. */
  phoneLookupsPerAccount: { max: 20, windowMs: 12 * hourMs },
  phoneLookupsPerAddress: { max: 100, windowMs: 12 * hourMs },
  accountExports: { max: 5, windowMs: dayMs },
  /** No limit but a mark: this session has shown the PIN to read what is held about its account. */
  accountExportOpen: { max: 1, windowMs: 15 * minuteMs },
  reportsPerAccount: { max: 20, windowMs: dayMs },
  contactCodeResend: { max: 1, windowMs: minuteMs },
  contactCodesPerAccount: { max: 5, windowMs: dayMs },
  /** Who asks learns whether a number's account has a recovery contact. */
  contactOffersPerNumber: { max: 5, windowMs: dayMs },
  contactOffersPerAddress: { max: 20, windowMs: dayMs },
  contactLoginIdsPerAccount: { max: 5, windowMs: dayMs },
  contactLoginCodeResend: { max: 1, windowMs: minuteMs },
  contactLoginCodesPerAccount: { max: 3, windowMs: dayMs },
  /** Codes that were used up by wrong tries: the third one pauses. */
  contactLoginFailedCodes: { max: 3, windowMs: dayMs },
  contactLoginPause: { max: 1, windowMs: dayMs },
  /** A page that waits to be linked renews its code each minute. */
  deviceLinksPerAddress: { max: 300, windowMs: hourMs },
  keyPackageClaimsPerAccount: { max: 600, windowMs: hourMs },
  /** Nobody uses up a person's key packages. */
  keyPackageClaimsOfPerson: { max: 20, windowMs: hourMs },
  groupsPerAccount: { max: 100, windowMs: dayMs },
  commitsPerDevice: { max: 600, windowMs: hourMs },
  joinRequestsPerAccount: { max: 30, windowMs: dayMs },
  /** Counted in memory, by the process that has the socket: a row for each would cost as much as the message. */
  sendsPerDevice: { max: 1200, windowMs: minuteMs },
  /** Of message bodies; likewise. */
  sentBytesPerDevice: { max: 16 * 1024 * 1024, windowMs: minuteMs },
  /** Questions about what was delivered, and acks of what was not pushed; likewise. */
  questionsPerDevice: { max: 1200, windowMs: minuteMs },
  attachmentsPerAccount: { max: 1000, windowMs: dayMs },
  /** One reading and one opinion a day of each article count (ADR 67). */
  helpReadings: { max: 1, windowMs: dayMs },
  helpOpinions: { max: 1, windowMs: dayMs },
  helpNotesPerAddress: { max: 300, windowMs: hourMs },
  /** Each costs a solved puzzle besides. */
  ticketsPerAddress: { max: 5, windowMs: dayMs },
  ticketsInAll: { max: 300, windowMs: hourMs },
  /** An open page asks for answers four times a minute. */
  ticketCallsPerAddress: { max: 900, windowMs: hourMs },
  messagesPerTicket: { max: 30, windowMs: hourMs },
  logsPerTicket: { max: 5, windowMs: dayMs },
  avatarsPerAccount: { max: 20, windowMs: hourMs },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof limits;

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
  /** 60 seconds between two codes for one number and purpose. */
  phoneCodeResend: { max: 1, windowMs: minuteMs },
  phoneCodesPerNumber: { max: 5, windowMs: dayMs },
  phoneCodesPerAddress: { max: 20, windowMs: hourMs },
  /** Wrong codes. With 3 tries a code and 5 codes a day, one number allows 15 in 10 000 guesses a day. */
  codeFailuresPerAddress: { max: 30, windowMs: hourMs },
  /** Over all numbers and addresses: a botnet that spreads its guesses meets this one. */
  codeFailuresInAll: { max: 1000, windowMs: hourMs },
  loginChallengesPerAddress: { max: 300, windowMs: hourMs },
  /** Abuse only: an owner who enters the right PIN all day stays far below. */
  nodeTokensPerSession: { max: 300, windowMs: hourMs },
  pinChallengesPerSession: { max: 300, windowMs: hourMs },
  reportedAttemptsPerSession: { max: 60, windowMs: hourMs },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof limits;

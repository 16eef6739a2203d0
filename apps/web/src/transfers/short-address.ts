/** Enough of an address to know it again in a list; where money is sent, all of it is shown. */
export const shortAddress = (address: string): string =>
  address.length <= 12 ? address : `${address.slice(0, 4)}…${address.slice(-4)}`;

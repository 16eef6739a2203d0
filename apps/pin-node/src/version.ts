/** Told by `GET {address}`. A test keeps it equal to the package's. */
export const version = '0.1.0';

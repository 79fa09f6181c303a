/**
 * The sessions that are asked for: so many that no two requests under way at once need be for the
 * same.
 */
export const sessions = { first: 100_000, count: 4000 }

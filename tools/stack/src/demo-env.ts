/** The settings with which a person or a script calls the landscape. */
export type DemoSettings = {
  RESULTS_API: string
  CLIENT_ID: string
  CLIENT_SECRET: string
  CA_FILE: string
}

/** The text of `demo.env`, for a POSIX shell to read. */
export function demoEnv(settings: DemoSettings): string {
  return settingsText(settings)
}

/** Settings as a text, a `NAME=value` a line. */
export function settingsText(settings: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(settings)
    .map(([name, value = '']) => `${name}=${quoted(value)}\n`)
    .join('')
}

/** The value as a POSIX shell reads it; bare where it can be, for what reads the lines without one. */
export function quoted(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`
}

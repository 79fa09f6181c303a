/** What must not be printed: the passwords of URLs and of the service's login. */
export function secretsOf(
  args: readonly string[],
  { SERVICE_PASSWORD = '' }: NodeJS.ProcessEnv,
): string[] {
  const passwords = args.flatMap((arg) => {
    const raw = URL.parse(arg)?.password ?? ''
    return [raw, decoded(raw)]
  })
  return [...passwords, SERVICE_PASSWORD].filter((secret) => secret !== '')
}

/** The text with secrets taken out, as a server's message may repeat them. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((cleaned, secret) => cleaned.replaceAll(secret, '***'), text)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The login that a service gets. */
export type ServiceLogin = { readonly user: string; readonly password: string }

/**
 * Reads the service's login from the environment.
 * @throws {Error} where half of it is there, or a part that no engine takes
 */
export function serviceLogin({
  SERVICE_LOGIN: user = '',
  SERVICE_PASSWORD: password = '',
}: NodeJS.ProcessEnv): ServiceLogin | undefined {
  if (!user && !password) return undefined
  if (!user) throw new Error('SERVICE_PASSWORD is set without SERVICE_LOGIN: set both or neither')
  if (!password)
    throw new Error('SERVICE_LOGIN is set without SERVICE_PASSWORD: set both or neither')
  if (!/^[A-Za-z][\w.-]{0,62}$/.test(user)) {
    throw new Error('SERVICE_LOGIN has to begin with a letter, and go on with A-Z a-z 0-9 _ . -')
  }
  if (/[\p{Cc}"]/u.test(password) || !password.isWellFormed()) {
    throw new Error('SERVICE_PASSWORD may hold no double quote and no control character')
  }
  return { user, password }
}

import type { OracleAddress } from '@ca/stored-procedures/definitions'
import type { ServiceLogin } from '../service-login.ts'
import { name, unquoted } from './names.ts'
import { connect, NoConnection, type Session } from './session.ts'

type Admission = { address: OracleAddress; session: Session; role: string; login: ServiceLogin }

/**
 * Makes a user, or its password right, that may log in and has the role, and nothing else. Whether
 * the password is right only logging in with it can tell.
 * @throws {Error} where it is a user who may do more
 */
export async function admit(admission: Admission): Promise<'made' | 'updated' | 'unchanged'> {
  const { address, session, role, login } = admission
  const user = unquoted(login.user)
  if ([unquoted(address.user), address.schema].includes(user)) {
    throw new Error(`SERVICE_LOGIN is the administrator's or the schema's own: ${more}`)
  }
  const identified = `${name(user)} IDENTIFIED BY ${name(login.password)}`
  const found = await session.rows('SELECT username FROM all_users WHERE username = :named', {
    named: user,
  })
  const isNew = found.length === 0
  const rights = await rightsOf(session, user)
  const others = rights.filter((right) => right !== mayLogIn && right !== role)
  if (others.length > 0) throw new Error(`${user} has ${others.join(', ')} too: ${more}`)

  let isChanged = isNew
  if (isNew) await session.run(`CREATE USER ${identified}`)
  if (!rights.includes(mayLogIn)) {
    await session.run(`GRANT ${mayLogIn} TO ${name(user)}`)
    isChanged = true
  }
  if (!rights.includes(role)) {
    await session.run(`GRANT ${name(role)} TO ${name(user)}`)
    isChanged = true
  }
  if (!isNew && !(await letsIn(admission))) {
    await session.run(`ALTER USER ${identified} ACCOUNT UNLOCK`)
    isChanged = true
  }
  return isNew ? 'made' : isChanged ? 'updated' : 'unchanged'
}

const more = 'name a login of the service alone, which may do nothing else'
const mayLogIn = 'CREATE SESSION'

/** What the user may do on the server, and the roles that it has. */
async function rightsOf(session: Session, user: string): Promise<string[]> {
  const rights = await session.rows(
    `SELECT privilege FROM dba_sys_privs WHERE grantee = :named
    UNION ALL
    SELECT granted_role FROM dba_role_privs WHERE grantee = :named`,
    { named: user },
  )
  return rights.map(([right]) => String(right))
}

async function letsIn({ address, login }: Admission): Promise<boolean> {
  try {
    const session = await connect({ ...address, ...login })
    await session.close()
    return true
  } catch (error) {
    if (error instanceof NoConnection && error.isRefused) return false
    throw error
  }
}

import type { MssqlAddress } from '@ca/stored-procedures/definitions'
import type { ServiceLogin } from '../service-login.ts'
import { literal, name } from './names.ts'
import { connect, NoConnection, type Session } from './session.ts'

/** What may execute the procedures of a database, and do nothing else. */
export const role = 'ProcedureCaller'

type Admission = {
  address: MssqlAddress
  /** In the database; what is the server's can be seen and changed from there. */
  own: Session
  login: ServiceLogin
}

/**
 * Makes a login of the server and its user in the database, or its password right, and puts it in
 * the role. Whether the password is right only logging in with it can tell.
 * @throws {Error} where it is a login that may do more
 */
export async function admit(admission: Admission): Promise<'made' | 'updated' | 'unchanged'> {
  const { address, own, login } = admission
  const user = name(login.user)
  const withPassword = `WITH PASSWORD = ${literal(login.password)}`
  if (login.user.toLowerCase() === address.user.toLowerCase()) {
    throw new Error(`SERVICE_LOGIN is the administrator's: ${more}`)
  }

  const isNew = !(await has(own, 'server_principals', login.user))
  let isChanged = isNew
  if (isNew) await own.run(`CREATE LOGIN ${user} ${withPassword}`)
  else await holdToRole(admission)
  if (!(await has(own, 'database_principals', login.user))) {
    await own.run(`CREATE USER ${user} FOR LOGIN ${user}`)
    isChanged = true
  }
  const roles = await rolesOf(admission)
  if (!roles.includes(role)) {
    await own.run(`ALTER ROLE ${role} ADD MEMBER ${user}`)
    isChanged = true
  }
  if (!(await letsIn(admission))) {
    await own.run(`ALTER LOGIN ${user} ${withPassword}`)
    if (!(await letsIn(admission))) {
      // the user was that of a login which was dropped since
      await own.run(`ALTER USER ${user} WITH LOGIN = ${user}`)
    }
    isChanged = true
  }
  return isNew ? 'made' : isChanged ? 'updated' : 'unchanged'
}

const more = 'name a login of the service alone, which may do nothing else'

/** @throws {Error} where the login is in roles besides */
async function holdToRole(admission: Admission): Promise<void> {
  const { own, login } = admission
  const [found] = await own.rows(`SELECT IS_SRVROLEMEMBER(N'sysadmin', @login) AS Found`, {
    login: login.user,
  })
  if (found?.Found === 1)
    throw new Error(`${login.user} is an administrator of the server: ${more}`)
  const others = (await rolesOf(admission)).filter((each) => each !== role)
  if (others.length > 0) throw new Error(`${login.user} is in ${others.join(', ')} too: ${more}`)
}

async function has(session: Session, view: string, principal: string): Promise<boolean> {
  const found = await session.rows(`SELECT 1 AS Found FROM sys.${view} WHERE name = @principal`, {
    principal,
  })
  return found.length > 0
}

async function rolesOf({ own, login }: Admission): Promise<string[]> {
  const found = await own.rows(
    `SELECT r.name AS Name
    FROM sys.database_role_members AS m
    JOIN sys.database_principals AS r ON r.principal_id = m.role_principal_id
    JOIN sys.database_principals AS u ON u.principal_id = m.member_principal_id
    WHERE u.name = @login`,
    { login: login.user },
  )
  return found.map(({ Name }) => String(Name))
}

async function letsIn({ address, login }: Admission): Promise<boolean> {
  try {
    const session = await connect({ ...address, ...login }, address.database)
    await session.close()
    return true
  } catch (error) {
    if (error instanceof NoConnection && error.isRefused) return false
    throw error
  }
}

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { expect, test } from '@jest/globals'
import { makePasswords, prepareContainers } from '../src/container-files.ts'
import {
  compose,
  jobs,
  madeIn,
  mountsOf,
  processNames,
  root,
  serviceOf,
  textOf,
} from './compose-files.ts'
import { environmentOf, prepared } from './prepared-containers.ts'

const files = ['docker-compose.yml', 'docker-compose.embedded.yml']
const all = [...processNames, ...jobs]

function modeOf(file: string): string {
  return (statSync(file).mode & 0o777).toString(8)
}

test.each(files)('no password stands in %s, but its name in .env', (file) => {
  const text = textOf(file)
  const inUrls = [...text.matchAll(/:\/\/\w+:([^@\n]*)@/g)]
  const inSettings = [...text.matchAll(/(?:PASSWORD|SECRET):\s*'?([^'\s]*)/g)]

  for (const [, password] of [...inUrls, ...inSettings]) {
    expect(password).toMatch(/^\$\{\w+_PASSWORD\}$/)
  }
})

test('.env.example names what is wanted, and no value', () => {
  const wanted = files.flatMap((file) =>
    [...textOf(file).matchAll(/\$\{(\w+)/g)].map(([, name]) => name),
  )
  const example = parseEnv(textOf('.env.example'))

  expect(Object.keys(example).sort()).toEqual([...new Set(wanted)].sort())
  expect(Object.values(example).join('')).toBe('')
})

test('.env is made with passwords that a URL and SQL Server take, and then left alone', () => {
  const { passwordFile, passwords } = prepared()
  const values = Object.values(passwords)
  const text = readFileSync(passwordFile, 'utf8')

  expect(Object.keys(passwords)).toEqual(Object.keys(parseEnv(textOf('.env.example'))))
  expect(new Set(values).size).toBe(values.length)
  for (const value of values) {
    expect(value).toMatch(/^(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9])[\w-]{20,30}$/)
  }
  expect(modeOf(passwordFile)).toBe('600')
  expect(makePasswords(passwordFile, join(root, '.env.example'))).toBe(false)
  expect(readFileSync(passwordFile, 'utf8')).toBe(text)
})

test('any user can read what is mounted, in a folder that only its owner enters', () => {
  const { folder, fileOf } = prepared()
  const mounted = new Set(all.flatMap((name) => [...mountsOf(serviceOf(name)).values()]))

  expect(mounted).toContain(`${madeIn}/clients`)
  for (const file of mounted) {
    const isFolder = file === `${madeIn}/clients`
    expect([file, modeOf(fileOf(file))]).toEqual([file, isFolder ? '755' : '644'])
  }
  for (const file of readdirSync(join(folder, 'clients'))) {
    expect(modeOf(join(folder, 'clients', file))).toBe('644')
  }
  expect(modeOf(folder)).toBe('700')
  // the secrets of all, and what vouches for any server
  for (const file of ['credentials.json', 'demo.env', 'ca-key.pem']) {
    expect(mounted).not.toContain(`${madeIn}/${file}`)
    expect(modeOf(join(folder, file))).toBe('600')
  }
})

test('a process has its own credentials, and those of no other', () => {
  const made = prepared()
  const secretsOf = (name: string) =>
    Object.keys(environmentOf(name, made)).filter((setting) => setting.endsWith('_CLIENT_SECRET'))

  expect(Object.fromEntries(processNames.map((name) => [name, secretsOf(name)]))).toEqual({
    'ca-results-xapi': ['SAPI_CLIENT_SECRET'],
    'ca-interchange-sapi': [],
    'ca-eps-sapi': ['RM_CLIENT_SECRET'],
    'ca-rm-sapi': ['RM_CLIENT_SECRET'],
    'ca-libs-sapi': [],
    'rm-simulator': ['RM_CLIENT_SECRET'],
  })
  for (const name of Object.keys(compose.secrets ?? {})) {
    const holders = all.filter((each) =>
      [...mountsOf(serviceOf(each)).values()].includes(compose.secrets?.[name]?.file ?? ''),
    )
    expect([name, holders]).toEqual([name, [name.startsWith('server') ? 'ca-results-xapi' : name]])
  }
})

test('a second preparation leaves everything as it is', () => {
  const { folder } = prepared()
  const look = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((file) => [file, modeOf(file), readFileSync(file, 'utf8')])
  const before = look()

  prepareContainers(folder)

  expect(before.length).toBeGreaterThan(10)
  expect(look()).toEqual(before)
})

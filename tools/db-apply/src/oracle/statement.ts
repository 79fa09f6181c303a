/** A semicolon ends PL/SQL, and is no part of any other statement. */
export function runnable(statement: string): string {
  const bare = statement.replace(/^(?:\s|--.*\n|\/\*[\s\S]*?\*\/)*/, '')
  const isBlock =
    /^(begin|declare|create\s+(or\s+replace\s+)?((non)?editionable\s+)?(procedure|function|package|trigger|type))\b/i
  return isBlock.test(bare) ? statement : statement.replace(/;\s*$/, '')
}

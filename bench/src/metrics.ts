/**
 * What a service's `/metrics` say.
 * @param url of its management
 * @param sample the beginning of the line of a figure, its labels included
 * @returns 0 where there is none yet; of several lines, their sum
 */
export async function metric(url: string | undefined, sample: RegExp): Promise<number> {
  const answer = await fetch(`${url}/metrics`)
  const lines = (await answer.text()).split('\n').filter((line) => sample.test(line))
  return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0)
}

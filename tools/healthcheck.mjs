// Asks the process of this container whether it runs: on its management port, or, where nothing
// listens there, as the RM simulator's: it has none.
const { env } = process
const { MANAGEMENT_PORT, PORT = '8090' } = env

async function isWell(place) {
  return (await fetch(`http://127.0.0.1:${place}`)).ok
}

process.exitCode = await isWell(`${MANAGEMENT_PORT}/health/live`)
  .catch(() => isWell(`${PORT}/control`))
  .then(
    (well) => (well ? 0 : 1),
    () => 1,
  )

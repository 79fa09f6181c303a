import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import { banner } from '../src/banner.ts'
import { moved, processes } from '../src/landscape.ts'
import { effectiveOffset } from '../src/port-offset.ts'

const everything = {
  processes,
  running: processes.map(({ name }) => name),
  home: '.local',
  folder: '.local',
  portOffset: 0,
  colours: false,
}

describe('the banner', () => {
  test('says where everything is, how to call it and how to stop', () => {
    expect(banner(everything)).toBe(`
The landscape is ready

  ca-results-xapi       https://localhost:8443   management http://127.0.0.1:9443
  ca-interchange-sapi   http://127.0.0.1:8081    management http://127.0.0.1:9081
  ca-eps-sapi           http://127.0.0.1:8082    management http://127.0.0.1:9082
  ca-rm-sapi            http://127.0.0.1:8083    management http://127.0.0.1:9083
  ca-libs-sapi          http://127.0.0.1:8084    management http://127.0.0.1:9084
  rm-simulator          http://127.0.0.1:8090

  Call it from the root of the repository:

. .local/demo.env && curl --cacert "$CA_FILE" -H "client_id: $CLIENT_ID" -H "client_secret: $CLIENT_SECRET" -H "X-TRANSACTION-ID: hello-1" "$RESULTS_API/v1/businessStream/04/sessions/3229/resultStatus"

  Logs: .local/logs/<service>.ndjson
  Stop: Ctrl-C
`)
  })

  test('names what is there when it is not everything, and no call that could not work', () => {
    const text = banner({ ...everything, running: ['rm-simulator', 'ca-eps-sapi'] })

    expect(text).toContain('Ready: ca-eps-sapi, rm-simulator\n')
    expect(text).not.toMatch(/ca-results-xapi|curl/)
  })

  test('of a moved landscape says by how much, and whose folder it has', () => {
    const text = banner({
      ...everything,
      processes: moved(processes, effectiveOffset(1000)),
      portOffset: 1000,
      folder: '.local/offset-1000',
    })

    expect(text).toContain('PORT_OFFSET=1000: every port is moved by 11000')
    expect(text).toContain('Another landscape has .local, so this one has .local/offset-1000')
    expect(text).toContain('https://localhost:19443')
    expect(text).toContain('. .local/offset-1000/demo.env &&')
    expect(text).toContain('.local/offset-1000/logs/')
  })

  test('has the same words in colours', () => {
    const coloured = banner({ ...everything, colours: true })

    expect(coloured).not.toBe(banner(everything))
    expect(stripVTControlCharacters(coloured)).toBe(banner(everything))
  })
})

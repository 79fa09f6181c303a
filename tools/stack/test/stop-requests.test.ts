import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { stopOnRequest } from '../src/stop-requests.ts'

beforeEach(() => {
  jest.useFakeTimers()
})

afterEach(() => {
  jest.useRealTimers()
})

function listen() {
  const world = { parent: 100, signals: new EventEmitter(), output: new EventEmitter() }
  const supervision = { stop: jest.fn(), kill: jest.fn() }
  stopOnRequest(supervision, {
    signals: world.signals,
    outputs: [world.output],
    parentId: () => world.parent,
  })
  return { world, ...supervision }
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s stops the landscape', (signal) => {
  const { world, stop, kill } = listen()
  world.signals.emit(signal)

  expect(stop).toHaveBeenCalled()
  expect(kill).not.toHaveBeenCalled()
})

test('one Ctrl-C that comes from the terminal and from npm is one', () => {
  const { world, kill } = listen()
  world.signals.emit('SIGINT')
  jest.advanceTimersByTime(100)
  world.signals.emit('SIGINT')

  expect(kill).not.toHaveBeenCalled()
})

test('a second one kills', () => {
  const { world, kill } = listen()
  world.signals.emit('SIGINT')
  jest.advanceTimersByTime(600)
  world.signals.emit('SIGINT')

  expect(kill).toHaveBeenCalledTimes(1)
})

test('an output that nobody reads any more stops the landscape', () => {
  const { world, stop } = listen()
  world.output.emit('error', new Error('write EPIPE'))

  expect(stop).toHaveBeenCalled()
})

test("its parent's end stops the landscape, once", () => {
  const { world, stop } = listen()
  jest.advanceTimersByTime(1000)
  expect(stop).not.toHaveBeenCalled()

  world.parent = 1
  jest.advanceTimersByTime(1000)
  expect(stop).toHaveBeenCalledTimes(1)
})

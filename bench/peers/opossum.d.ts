// opossum has no types of its own; this much of it is used here.
declare module 'opossum' {
  class CircuitBreaker<Arguments extends unknown[], Answer> {
    constructor(action: (...args: Arguments) => Promise<Answer>)
    fire(...args: Arguments): Promise<Answer>
  }
  export = CircuitBreaker
}

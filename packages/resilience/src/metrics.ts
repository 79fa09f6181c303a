import { Counter, Gauge, Histogram, type Registry } from '@prometheus-io/client'

type DependencyMetrics = {
  attempts: Counter<'dependency' | 'operation'>
  retries: Counter<'dependency' | 'operation'>
  duration: Histogram<'dependency' | 'operation' | 'outcome'>
  breakerOpen: Gauge<'dependency'>
}

const ofRegistry = new WeakMap<Registry, DependencyMetrics>()

/** The metrics of all dependencies of a service; made once for its registry. */
export function dependencyMetrics(registry: Registry): DependencyMetrics {
  const known = ofRegistry.get(registry)
  if (known) return known
  const metrics: DependencyMetrics = {
    attempts: new Counter({
      name: 'dependency_attempts_total',
      help: 'Attempts made, retries included',
      labelNames: ['dependency', 'operation'],
      registers: [registry],
    }),
    retries: new Counter({
      name: 'dependency_retries_total',
      help: 'Attempts made after another had failed',
      labelNames: ['dependency', 'operation'],
      registers: [registry],
    }),
    duration: new Histogram({
      name: 'dependency_call_duration_seconds',
      help: 'Time of a call with all its attempts, by how it ended',
      labelNames: ['dependency', 'operation', 'outcome'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [registry],
    }),
    breakerOpen: new Gauge({
      name: 'dependency_breaker_open',
      help: '1 while calls are kept away from the dependency',
      labelNames: ['dependency'],
      registers: [registry],
    }),
  }
  ofRegistry.set(registry, metrics)
  return metrics
}

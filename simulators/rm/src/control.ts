import { json, Router } from 'express'
import { type Conditions, settingsForm } from './conditions.ts'

/**
 * What somebody who tests against RM sets and sees: GET /control shows the settings and what was
 * counted, PUT /control replaces the settings, DELETE /control is as a new start, but for orders
 * and tokens. It is no part of RM and asks for no token.
 */
export function controlApi(conditions: Conditions): Router {
  const api = Router()

  api.get('/control', (_request, response) => {
    response.json(shown(conditions))
  })

  api.put('/control', json(), (request, response) => {
    const settings = settingsForm.safeParse(request.body)
    if (!settings.success) {
      const issues = settings.error.issues.map(
        ({ path, message }) => `${path.join('.')}: ${message}`,
      )
      response.status(400).json({ error: 'invalid_request', issues })
      return
    }
    conditions.set(settings.data)
    response.json(shown(conditions))
  })

  api.delete('/control', (_request, response) => {
    conditions.reset()
    response.json(shown(conditions))
  })

  return api
}

function shown({ settings, counts, hanging }: Conditions): object {
  return {
    settings,
    counters: {
      ordersMade: counts['POST /scripts'].done,
      tokensGiven: counts['POST /auth/token'].done,
      hanging,
      requests: counts,
    },
  }
}

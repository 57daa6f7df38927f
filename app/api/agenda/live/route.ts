import { agendaChanges } from '@/server/api'

/** « Agenda X changed », as it happens, to agents who may see it. What changed is asked for anew by whoever wants it. */
export async function GET(): Promise<Response> {
  const stream = await agendaChanges()
  if (!stream) return new Response(null, { status: 401 })
  return new Response(stream, {
    // Neither kept nor gathered on its way: compressed, it would wait for more.
    headers: {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}

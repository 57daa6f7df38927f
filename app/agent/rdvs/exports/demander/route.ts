import { dayOf } from '@/app/_lib/dates'
import { formPage, formRoute } from '@/app/_lib/form-route'
import { withQuery } from '@/app/_lib/save-route'
import { ctxOf, faultIn } from '@/server/api'
import { askExportSchema } from '@/server/booking/schema/rdv-list'
import { AppError } from '@/server/kernel/errors'
import { listHref, PATH, readAsked } from '../../_components/asked'

const HERE = '/agent/rdvs/exports'

/** The list on screen as a file: what its form carries is read as its address is. */
export const POST = formRoute(
  async ({ fields, caller }) => {
    try {
      const [{ zone }, { now }] = await Promise.all([caller.access.me(), ctxOf()])
      const { list } = readAsked(fields, dayOf(now, zone ?? 'Europe/Paris'))
      const typed = askExportSchema.safeParse({ format: fields.format, filter: list })
      if (!typed.success) throw new AppError('invalid')
      const outcome = await caller.lists.askExport(typed.data)
      return outcome.ok ? HERE : withQuery(HERE, { avis: outcome.reason })
    } catch (error) {
      if (faultIn(error)?.code !== 'unauthenticated') throw error
      return withQuery('/connexion', { retour: listHref({}) })
    }
  },
  { backHref: PATH },
)

export const GET = formPage(PATH)

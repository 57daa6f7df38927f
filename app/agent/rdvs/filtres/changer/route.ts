import { formPage, formRoute } from '@/app/_lib/form-route'
import { faultIn } from '@/server/api'
import { changeFilterSchema, type ChangeFilter } from '@/server/booking/schema/rdv-list'
import { AppError } from '@/server/kernel/errors'
import { keptIn, listHref, PATH } from '../../_components/asked'

const DONE = { gone: 'supprime', default: 'defaut', 'not-default': 'sans-defaut' } as const satisfies Record<
  ChangeFilter['to'],
  string
>

export const POST = formRoute(
  async ({ fields, caller }) => {
    const typed = changeFilterSchema.safeParse(fields)
    if (!typed.success) throw new AppError('invalid')
    const here = keptIn(fields)
    try {
      await caller.lists.changeFilter(typed.data)
      return listHref(here, { filtre: DONE[typed.data.to] })
    } catch (error) {
      const code = faultIn(error)?.code
      if (code === 'unauthenticated') return `/connexion?${new URLSearchParams({ retour: listHref(here) }).toString()}`
      if (code === 'not-found') return listHref(here, { filtre: 'introuvable' })
      throw error
    }
  },
  { backHref: PATH },
)

export const GET = formPage(PATH)

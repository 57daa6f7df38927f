import { answerWith } from '@/app/_lib/document'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import { leaveProConnect } from '@/server/api'
import { withNotice } from '../../_components/urls'

/** Leaves ProConnect too, once signed out here: from a page, since what a form leads to may not stand on another site. */
export async function GET(): Promise<Response> {
  const to = await leaveProConnect()
  if (to === null) {
    const headers = { location: withNotice('/connexion', 'deconnecte'), 'cache-control': 'no-store' }
    return new Response(null, { status: 303, headers })
  }
  const page = await answerWith({
    title: 'Déconnexion',
    isPersonal: true,
    body: (
      <PageShell>
        <StepTitle intro="Vous êtes déconnecté ici. Votre session ProConnect se ferme aussi…">Déconnexion</StepTitle>
        <a href={to} className="link inline-flex min-h-11 items-center font-semibold">
          Continuer
        </a>
      </PageShell>
    ),
  })
  page.headers.set('refresh', `0; url=${to}`)
  return page
}

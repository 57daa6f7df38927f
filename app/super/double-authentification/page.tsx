import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { keptOf } from '@/app/_lib/kept'
import { one, type Search } from '@/app/_lib/search'
import { requireSuperAdmin } from '@/app/_lib/super'
import { SetUpFactor } from '@/app/_parts/factor/set-up-factor'
import { Faults, FormNotice } from '@/app/_parts/form/form-parts'
import { Button } from '@/app/_ui/button'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import { api } from '@/server/api'

export const metadata: Metadata = { title: 'Double authentification' }

const HERE = '/super/double-authentification'

export default async function Page({ searchParams }: { searchParams: Search }) {
  await requireSuperAdmin({ isEnrolling: true })
  const search = await searchParams
  const factor = await (await api()).superAdmins.getFactor()
  if (factor.kind === 'on') redirect('/super')
  const { faults } = await keptOf('code', search.erreurs !== undefined)
  return (
    <PageShell>
      <Faults faults={faults} />
      <StepTitle intro="Elle est obligatoire pour le support : rien d’autre ne s’ouvre avant.">
        Double authentification
      </StepTitle>
      <FormNotice avis={one(search.avis)} />
      {factor.kind === 'off' ? (
        <form method="post" action={`${HERE}/preparer`}>
          <Button isFull className="sm:w-auto">
            Commencer
          </Button>
        </form>
      ) : (
        <SetUpFactor pending={factor} faults={faults} action={`${HERE}/confirmer`} again={`${HERE}/preparer`} />
      )}
    </PageShell>
  )
}

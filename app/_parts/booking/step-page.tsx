import type { ReactNode } from 'react'
import { tunnelNoticeWords, type TunnelNotice } from '@/app/_words/booking'
import { Notice } from '@/app/_ui/notice'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import { WayBack } from '@/app/_ui/way-back'
import { STEP_COUNT } from './tunnel'

/** One step: the question, what has been chosen (above on a phone, beside on a desktop), the answers. */
export function StepPage({
  step,
  question,
  intro,
  backHref,
  where,
  recap,
  notice,
  before,
  children,
}: {
  step: number
  question: ReactNode
  intro?: ReactNode
  backHref?: string
  where?: string | undefined
  recap?: ReactNode
  notice?: TunnelNotice | null
  /** Above everything else: the error summary. */
  before?: ReactNode
  children: ReactNode
}) {
  return (
    <PageShell where={where} width={recap ? 'wide' : 'narrow'}>
      <div
        className={
          recap ? 'grid gap-5 lg:grid-cols-[minmax(0,1fr)_21rem] lg:grid-rows-[auto_1fr] lg:gap-x-14' : 'grid gap-5'
        }
      >
        <div className="space-y-3">
          {backHref && <WayBack href={backHref} />}
          {before}
          {notice && (
            <Notice tone="warn" isLive>
              <p className="font-semibold">{tunnelNoticeWords[notice]}</p>
            </Notice>
          )}
          <StepTitle step={step} stepCount={STEP_COUNT} intro={intro}>
            {question}
          </StepTitle>
        </div>
        {recap && (
          <div className="lg:col-start-2 lg:row-span-2 lg:row-start-1">
            <div className="lg:sticky lg:top-6">{recap}</div>
          </div>
        )}
        <div className="min-w-0 space-y-5 lg:col-start-1">{children}</div>
      </div>
    </PageShell>
  )
}

import { formatTime } from '@/app/_lib/dates'
import type { Viewer } from '@/app/_lib/viewer'
import { Icon } from '@/app/_ui/icon'

type Props = { impersonation: NonNullable<Viewer['impersonation']>; name: string; zone: string }

/** On every page while a super-admin stands in an agent's place: who, as whom, until when, how far, and the way out. */
export function ImpersonationBanner({ impersonation, name, zone }: Props) {
  const { by, expiresAt, isWriting, mayWrite } = impersonation
  return (
    <aside
      aria-label="Connexion à la place d’un agent"
      className={`edge sticky top-0 z-50 border-b-4 ${isWriting ? 'border-bad bg-bad-soft' : 'border-note bg-note-soft'}`}
    >
      <div className="mx-auto flex max-w-7xl flex-wrap items-center gap-x-4 gap-y-1 px-4 py-1.5 text-ink sm:px-6">
        <Icon name={isWriting ? 'warning' : 'info'} className={`shrink-0 ${isWriting ? 'text-bad' : 'text-note'}`} />
        <p className="min-w-0 flex-1 basis-40">
          {by}, à la place de <strong>{name}</strong> jusqu’à {formatTime(expiresAt, zone)}.{' '}
          <strong>{isWriting ? 'Écriture activée' : 'Lecture seule'}</strong>
        </p>
        {!isWriting && mayWrite && (
          <a href="/super/ecriture" className="link inline-flex min-h-11 items-center">
            Activer l’écriture…
          </a>
        )}
        <form method="post" action="/super/quitter">
          <button className="min-h-11 rounded-card border-[1.5px] border-ink bg-card px-4 font-bold text-ink hover:bg-paper">
            Quitter<span className="sr-only"> la place de {name}</span>
          </button>
        </form>
      </div>
    </aside>
  )
}

import type { Tunnel } from '@/app/_parts/booking/tunnel'
import { Button } from '@/app/_ui/button'
import { fieldId } from '@/app/_ui/field'
import { Icon } from '@/app/_ui/icon'
import { countWords } from '@/app/_words/booking'

/** Filters the list by words of the motif or of its service. */
export function MotifSearch({ tunnel, shownCount }: { tunnel: Tunnel; shownCount: number }) {
  const { commune, lat, lon, service } = tunnel.params
  const kept = { commune, lat, lon, service, seul: tunnel.skipped.join('.') || undefined }
  return (
    <form action="/prendre-rdv/motif" method="get" role="search" className="space-y-1.5">
      {Object.entries(kept).map(
        ([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />,
      )}
      <label htmlFor={fieldId('q')} className="block font-bold">
        Chercher un motif
      </label>
      <div className="flex gap-2">
        <input
          id={fieldId('q')}
          name="q"
          type="text"
          inputMode="search"
          enterKeyHint="search"
          defaultValue={tunnel.typed}
          maxLength={100}
          autoComplete="off"
          className="min-h-12 w-full min-w-0 rounded-card border-[1.5px] border-line-strong bg-card px-3.5 text-[1.0625rem] hover:border-ink"
        />
        <Button variant="secondary" className="shrink-0">
          <Icon name="search" />
          <span className="max-sm:sr-only">Chercher</span>
        </Button>
      </div>
      {tunnel.typed && shownCount > 0 && (
        <p role="status" className="text-ink-soft">
          {countWords(shownCount, 'motif')} pour « {tunnel.typed} ».
        </p>
      )}
    </form>
  )
}

import Link from 'next/link'
import { Button } from '@/app/_ui/button'
import { listedParameters, type Asked } from './asked'

/** The list on screen as a file, prepared while one goes on. */
export function ExportForm({ asked }: { asked: Asked }) {
  return (
    <form method="post" action="/agent/rdvs/exports/demander" className="flex flex-wrap items-center gap-x-4 gap-y-2">
      {listedParameters(asked.given).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <span className="font-bold">Exporter la liste{'\u00a0'}:</span>
      <Button name="format" value="csv" variant="secondary">
        CSV
      </Button>
      <Button name="format" value="xlsx" variant="secondary">
        Excel
      </Button>
      <span className="font-bold">Convocations{'\u00a0'}:</span>
      <Button name="format" value="pdf" variant="secondary">
        PDF
      </Button>
      <Button name="format" value="pdf-large" variant="secondary">
        PDF en gros caractères
      </Button>
      <Link href="/agent/rdvs/exports" prefetch={false} className="link inline-flex min-h-11 items-center">
        Mes exports
      </Link>
    </form>
  )
}

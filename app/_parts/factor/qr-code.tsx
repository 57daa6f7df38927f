import { encode } from 'uqr'

/** A square of dots for a telephone's camera, drawn on the server: no script, no style, no image to fetch. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 2 })
  const dots = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="size-52 rounded-card border border-line bg-white text-black"
    >
      <path d={dots.join('')} fill="currentColor" />
    </svg>
  )
}

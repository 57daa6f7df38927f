/** First thing in the page: shows itself when it takes the focus. `main` carries `id="contenu"`. */
export function SkipLinks() {
  return (
    <nav aria-label="Accès rapide" className="no-print">
      <a
        href="#contenu"
        className="absolute left-2 z-50 -translate-y-24 rounded-card bg-card px-4 py-3 font-bold text-accent shadow-card focus:translate-y-2"
      >
        Aller au contenu
      </a>
    </nav>
  )
}

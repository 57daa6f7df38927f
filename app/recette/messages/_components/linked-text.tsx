/** Plain text as it was written, its addresses as links. */
export function LinkedText({ children }: { children: string }) {
  const pieces = children.split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])/)
  return (
    <p className="break-words whitespace-pre-wrap">
      {pieces.map((piece, index) =>
        index % 2 === 1 ? (
          <a key={index} href={piece} className="link break-all">
            {piece}
          </a>
        ) : (
          piece
        ),
      )}
    </p>
  )
}

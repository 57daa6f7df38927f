/** What somebody sends us, at most `maxBytes`; null of what is longer: nothing more of it is read. */
export async function bodyWithin({ headers, body }: Request, maxBytes: number): Promise<Buffer | null> {
  if (Number(headers.get('content-length') ?? 0) > maxBytes) return null
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = body?.getReader()
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    size += read.value.byteLength
    if (size > maxBytes) {
      await reader?.cancel()
      return null
    }
    chunks.push(read.value)
  }
  return Buffer.concat(chunks)
}

/** The first `maxBytes` of what somebody sends us. The rest is let go by: who sends it hears an answer, and not a cut. */
export async function beginningOfBody({ body }: Request, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = body?.getReader()
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    if (size < maxBytes) chunks.push(read.value.subarray(0, maxBytes - size))
    size += read.value.byteLength
  }
  return Buffer.concat(chunks)
}

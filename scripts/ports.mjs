// Ports: find a free one, or say plainly why the wanted one cannot be used.
import net from 'node:net'
import os from 'node:os'
import { Refusal } from './terminal.mjs'

const listenOnce = (port, host) =>
  new Promise((resolve, reject) => {
    const server = net.createServer()
    server.once('error', reject)
    server.listen({ port, host, exclusive: true }, () => {
      const { port: given } = server.address()
      server.close(() => resolve(given))
    })
  })

/** A port nobody listens on, on the loopback. */
export const freePort = () => listenOnce(0, '127.0.0.1')

/** A port as typed in the environment, or a refusal. */
export function parsePort(text) {
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Refusal(`PORT vaut « ${text} » : donnez un nombre entre 1 et 65535.`)
}

/** Refuses, before any long work, a port or an address the web server could not listen on. */
export async function ensurePortFree(port, host) {
  try {
    await listenOnce(port, host)
  } catch (error) {
    throw new Refusal(portSentence(error.code, port, host))
  }
}

function portSentence(code, port, host) {
  if (code === 'EADDRINUSE')
    return `Le port ${port} est déjà pris : fermez le programme qui l'occupe, ou choisissez-en un autre avec PORT=${port + 1}.`
  if (code === 'EACCES')
    return `Le port ${port} est réservé à l'administrateur : choisissez-en un au-dessus de 1024 avec PORT.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `L'adresse HOST=${host} n'est pas une adresse de cette machine : essayez 127.0.0.1 ou 0.0.0.0.`
  return `Impossible d'écouter sur ${host}:${port} (${code}).`
}

/** The address of this machine on its local network, null when it has none. */
export function lanAddress() {
  const addresses = Object.values(os.networkInterfaces()).flat()
  return addresses.find((a) => a && a.family === 'IPv4' && !a.internal)?.address ?? null
}

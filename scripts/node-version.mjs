// Imported first by every command: an old Node stops here with a sentence instead of a stack.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`✗ Node ${process.versions.node} est trop ancien : installez Node 20.19 ou plus récent.`)
  process.exit(1)
}

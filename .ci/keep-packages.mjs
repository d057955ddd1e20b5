// Leaves of package.json's dependencies only the named ones, for an image that needs no more: node keep-packages.mjs fastify jose
// `npm install` then takes their versions from the lockfile and drops the rest from it.
import { readFileSync, writeFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const kept = process.argv.slice(2).map((name) => {
  const version = manifest.dependencies[name];
  if (!version) throw new Error(`package.json has no dependency ${name}`);
  return [name, version];
});
const { devDependencies: _, ...rest } = manifest;
writeFileSync('package.json', JSON.stringify({ ...rest, dependencies: Object.fromEntries(kept) }, null, 2));

import { posix } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { StoredFile } from '../../../target/target.ts';
import { requirement } from '../../support/requirement.ts';
import { unlessClosed } from '../../support/tolerance.ts';
import { showLast } from '../../support/traces.ts';
import { Unsatisfied } from '../../support/unsatisfied.ts';

/** A provider may keep a file for each user: so many of them tell. */
const MOST_FILES = 12;
/** What is shorter may be in an answer by chance. */
const LEAST_BYTES = 4;
/** Where servers are seen to serve files from. */
const FOLDERS = [
  '',
  'data/',
  'static/',
  'public/',
  'files/',
  'assets/',
  '.well-known/',
  'users/',
  '../',
  'users/../',
  'users/%2e%2e/',
];
/** From the folder in which an id is looked for as a file. */
const WAYS = ['', '../', '../../', '../data/', './/', '....//'];

requirement(
  'USR-SEC-075',
  'no path shows a file that the provider keeps',
  { needs: ['claims', 'fresh'] },
  async (context) => {
    const own = await context.openOwn();
    const { id } = (await own.signIn()).profile;
    const open = [await own.client.snapshot(), await own.client.one(id)].map(({ text }) => text);
    const kept = await own.target.storedFiles();

    const files = kept.filter((file) => file.bytes.length >= LEAST_BYTES && !open.some((text) => shows(text, file)));
    for (const file of files.slice(0, MOST_FILES)) {
      for (const path of pathsTo(file)) {
        const answer = await unlessClosed(own.client.send('GET', path));
        if (!answer || answer.status > 299 || !shows(answer.text, file)) continue;
        showLast(own, answer);
        throw new Unsatisfied('no file of DATA_DIR in an answer', `${file.name} after GET ${path}`);
      }
    }
  },
);

/** A file by its name, by its name without its ending, and by where it lies. */
function pathsTo({ name, path }: StoredFile): string[] {
  const ids = [name, withoutEnding(name), path, withoutEnding(path)];
  const names = [...new Set(ids.slice(0, 2))];
  return [
    ...names.flatMap((each) => FOLDERS.map((folder) => `/${folder}${encodeURI(each)}`)),
    ...names.flatMap((each) => WAYS.map((way) => `/users/${encodeURIComponent(way + each)}`)),
    ...names.map((each) => `/users/${encodeURIComponent(encodeURIComponent(`../${each}`))}`),
    ...new Set(ids.slice(2).map((each) => `/users/${encodeURIComponent(each)}`)),
  ];
}

const withoutEnding = (name: string): string => name.slice(0, name.length - posix.extname(name).length);

/** Whether a text is a file, as it is or with its JSON written anew; a log grows meanwhile. */
function shows(text: string, { bytes }: StoredFile): boolean {
  const content = bytes.toString();
  if (text.startsWith(content)) return true;
  const json = parse(content);
  return typeof json === 'object' && json !== null && isDeepStrictEqual(json, parse(text));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

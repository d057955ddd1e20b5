import { toCurl } from '../../target/protocol/curl.ts';
import type { Stage } from '../../target/protocol/result.ts';
import type { Config } from '../config/options.ts';
import { rerunCommand } from '../run/command-line.ts';
import type { RequirementOutcome, Run } from '../verdict/model.ts';
import { checkRows } from './check-rows.ts';
import { digest, duration, plural, tellingCheck, tellingExchange } from './digest.ts';
import { STYLE } from './html-style.ts';
import { html, type Markup } from './markup.ts';

/** One self-contained page: no script, no font, no image from elsewhere. */
export function htmlReport(run: Run, config: Config): string {
  const told = digest(run);
  const { verdict, reasons } = run.verdict;
  const page = html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Assay: ${verdict}, ${run.target.label}</title>
<style>${{ markup: STYLE }}</style>
<h1><span class="${verdict}">${verdict.toUpperCase()}</span> ${run.target.label}</h1>
<p class="muted">${run.startedAt}, ${duration(run.durationMs)}, profile ${run.profile}${run.partial ? ', a part of the catalogue' : ''}</p>
<ul>${reasons.slice(0, 10).map((reason) => html`<li>${reason}</li>`)}</ul>
<p>${plural(run.outcomes.length, 'requirement')}: ${told.counts.pass} passed, ${told.counts.fail} failed, ${told.counts.error} could not tell,
${told.counts.skipped} skipped, ${told.counts.waived} waived; ${run.leftAsFound.text}.</p>
<h2>Stages</h2>
<table><tr><th>Stage<th>Checks<th>Time<th>Notes</tr>
${run.stages.map(
  ({ stage, checks, durationMs, reason, notes }) =>
    html`<tr><td>${stage}<td class="number">${checks}<td class="number">${duration(durationMs)}<td>${reason ?? ''}${notes.map((note) => html`<div>${note}</div>`)}</tr>`,
)}
</table>
${section('Failed', told.failures, config)}
${section('Could not tell', told.errors, config)}
${section('Flaky: two runs disagreed', told.flaky, config)}
${section('Warnings: hardened, not blocking under this profile', told.warnings, config)}
${section('Waived', told.waived, config)}
<h2>All requirements</h2>
<table><tr><th>Id<th>Outcome<th>Level<th>Requirement</tr>
${run.outcomes.map(
  ({ requirement, outcome, reason }) =>
    html`<tr><td class="id">${requirement.id}<td class="${outcome}">${outcome}<td>${requirement.level}<td>${requirement.sentence}
    <span class="muted">${outcome === 'skipped' ? `(${reason ?? ''})` : ''}</span></tr>`,
)}
</table>
${run.stages.map(({ stage }) => checkTable(run, stage))}
`;
  return page.markup;
}

/** Every check of a stage, folded away: an interaction of the contract is a row. */
function checkTable(run: Run, stage: Stage): Markup {
  const rows = checkRows(run, stage);
  return html`<details><summary>${stage}: every check</summary>
<table><tr><th>Check<th>Requirement<th>Outcome<th>ms</tr>
${rows.map((row) => html`<tr><td>${row.name}<td class="id">${row.requirements.join(', ')}<td class="${row.outcome}">${row.outcome}<td class="number">${Math.round(row.durationMs)}</tr>`)}
</table></details>`;
}

function section(title: string, outcomes: readonly RequirementOutcome[], config: Config): Markup {
  if (outcomes.length === 0) return html``;
  return html`<h2>${title}</h2>
${outcomes.map((outcome) => item(outcome, config))}`;
}

function item(outcome: RequirementOutcome, config: Config): Markup {
  const { requirement } = outcome;
  const check = tellingCheck(outcome);
  const exchange = tellingExchange(outcome);
  const answer = exchange && `${exchange.status ?? exchange.error}\n${exchange.responseBody ?? ''}`;
  const row = (name: string, text: string | undefined) => (text ? html`<dt>${name}<dd><pre>${text}</pre>` : html``);
  return html`<details ${outcome.outcome === 'fail' ? 'open' : ''}>
<summary><strong>${requirement.id}</strong> <span class="${outcome.outcome}">${outcome.outcome}</span> ${requirement.sentence}</summary>
<p class="muted">${requirement.level}; source: ${requirement.source}; check: ${check?.name} (${check?.stage})</p>
<dl>${row('Why', check?.reason)}${row('Expected', check?.expected)}${row('Actual', check?.actual)}
${row('Rerun', rerunCommand(config, requirement.id))}${row('Exchange', exchange && toCurl(exchange))}${row('Answer', answer)}
${row('Logs', check?.evidence?.logs)}</dl>
</details>`;
}

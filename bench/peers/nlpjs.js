// NLP.js as a contestant: node nlpjs.js TRAIN.jsonl TEST.jsonl, with NODE_PATH where @nlpjs/basic lies; prints one line of JSON.
const { readFileSync } = require('fs');
const { dockStart } = require('@nlpjs/basic');

const read = (path) => readFileSync(path, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const now = () => Number(process.hrtime.bigint()) / 1e6;
const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];

async function taught(rows) {
  const dock = await dockStart({
    settings: { nlp: { languages: ['en'], autoSave: false, autoLoad: false, nlu: { log: false } } },
    use: ['Basic'],
  });
  const nlp = dock.get('nlp');
  rows.forEach((row) => nlp.addDocument('en', row.text, row.label));
  await nlp.train();
  return nlp;
}

// below its threshold it says None although it has a likeliest label, and that is what the others are asked for
const likeliest = (found) => (found.classifications || []).find((one) => one.intent !== 'None');

async function main(train, test) {
  const begun = now();
  const nlp = await taught(read(train));
  const seconds = (now() - begun) / 1000;
  const times = [];
  let right = 0;
  await nlp.process('en', 'Hello');
  for (const row of read(test)) {
    const asked = now();
    const found = likeliest(await nlp.process('en', row.text));
    times.push(now() - asked);
    if (found && found.intent === row.label) right += 1;
  }
  times.sort((one, other) => one - other);
  const told = { name: 'NLP.js', accuracy: right / times.length, train_s: seconds, p50: at(times, 0.5), p95: at(times, 0.95) };
  console.log(JSON.stringify({ ...told, memory: process.resourceUsage().maxRSS / 1024 }));
}

main(...process.argv.slice(2));

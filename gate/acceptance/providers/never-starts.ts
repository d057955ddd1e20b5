/** Says why and ends before it ever listens. */
process.stderr.write('cannot open the database: no such file\n');
process.exit(3);

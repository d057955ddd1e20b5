"""Runs every test of this package; each writes its interaction to the pact in the folder given as the only argument."""

import pathlib
import sys
import unittest

from consumer import interaction

interaction.pact_folder = pathlib.Path(sys.argv[1])
here = pathlib.Path(__file__).resolve().parent
suite = unittest.defaultTestLoader.discover(str(here), top_level_dir=str(here.parent))
result = unittest.TextTestRunner().run(suite)
sys.exit(0 if result.wasSuccessful() and result.testsRun > 0 else 1)

"""`python -m nawa` is `nawa`."""

from nawa.cli import main

main()

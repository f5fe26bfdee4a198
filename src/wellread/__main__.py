"""`python -m wellread`: the same program as the `wellread` command."""

from wellread.cli import main

if __name__ == "__main__":
    main()

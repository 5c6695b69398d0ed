from samspill.boot.cli import main

main()

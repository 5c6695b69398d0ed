from samspill.boot.cli import main

main(prog_name="samspill")

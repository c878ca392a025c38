[Feature]
Description=Tools
Enable=yes

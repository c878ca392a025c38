[Feature]
Description=Tools
Suggest=yes

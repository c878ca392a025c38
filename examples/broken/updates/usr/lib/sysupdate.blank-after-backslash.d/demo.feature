[Feature]
Description=Tools \ 
Enabled=yes

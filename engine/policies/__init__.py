"""Who gives orders besides the player: bots and rival companies. A policy is a pure function of the state.

A policy looks at what anybody who plays could see, and answers with the orders it would give on that day; the
ordinary rules carry them out or refuse them. It keeps nothing between two days.
"""

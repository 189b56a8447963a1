"""Reads every lead of a portal and counts them, with fast_bitrix24 as its documentation shows it."""

import sys
import warnings

from fast_bitrix24 import Bitrix

warnings.simplefilter("ignore")  # It warns of selecting all fields, which is the point here.
leads = Bitrix(sys.argv[1], verbose=False).get_all("crm.lead.list", {"select": ["*", "UF_*"]})
print(len(leads))
